"""The product with one more address: a bare view behind the whole middleware, to compare with."""
