"""Pages of stage 7: the steps with their panel, and the settings of routing."""
