"""Pages of stages 9 to 11: options and signatures, replies, the steps with their panel."""
