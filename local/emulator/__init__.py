"""AWS on one port of this machine: ministack, unmodified, plus one small module per gap we met."""
