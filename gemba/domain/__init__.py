"""The facts and rules of gemba walks, coaching and A3 thinking; standard library only."""
