"""What is shown: publish and hide, with reasons."""
