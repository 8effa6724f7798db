"""What people decide: kept in a log that is never overwritten, and applied whenever incidents are computed."""
