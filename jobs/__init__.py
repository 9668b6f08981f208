"""What comes in by the clock: each job a few lines around a call into bot, all of them in `table`."""
