"""What people decide: appended, never overwritten, and applied when incidents are computed."""
