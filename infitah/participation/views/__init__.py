"""Pages of participation: each reads its input, makes one domain call and answers."""
