"""What comes in from Slack: commands, direct messages, taps, forms, the Home tab."""
