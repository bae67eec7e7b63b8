"""Taking out of files what nobody meant to send: who wrote them, where, when, and what runs."""

import logging

# What is wrong with a participant's PDF is told to the participant, and to nobody's log.
logging.getLogger("pikepdf").setLevel(logging.CRITICAL)
