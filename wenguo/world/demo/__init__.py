"""The demo world: a car maker with dealers, three months of complaints, told through the actions."""
