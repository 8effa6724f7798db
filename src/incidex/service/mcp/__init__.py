"""What a store holds, for assistants that speak the Model Context Protocol: read-only, over standard input."""
