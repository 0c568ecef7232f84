"""Readers for locust: the pages that citizens open most; anything but 200 is a failure."""

import os

from locust import HttpUser, between, task


class Reader(HttpUser):
    wait_time = between(0.1, 0.4)

    @task
    def read(self):
        for path in os.environ["OUTSIDE_PATHS"].split():
            self.client.get(path)
