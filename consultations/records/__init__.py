"""Input that did not come through the web: questionnaires on paper, keyed in twice."""
