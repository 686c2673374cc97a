"""What the business does with a complaint in stages 1–6 and at its end. One function per verb."""
