"""What changes for learners when a new package takes the place of an old one, and whether it is safe."""
