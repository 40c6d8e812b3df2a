"""What the web application is served with: its headers, what it is told, and how it gets to AWS."""
