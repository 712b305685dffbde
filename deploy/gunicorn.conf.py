"""The web workers of a district: two processes, two threads each. The clock is a service of its own."""

wsgi_app = "app:app"
bind = "127.0.0.1:8000"
worker_class = "gthread"
workers = 2
threads = 2
preload_app = False  # a fork may not inherit an open database connection

control_socket_disable = True  # systemd commands it; nobody else does

timeout = 60
graceful_timeout = 30
keepalive = 5
# Workers are replaced now and then, never both at once.
max_requests = 5000
max_requests_jitter = 500

# The proxy on this machine alone is believed about scheme and address.
forwarded_allow_ips = "127.0.0.1"
limit_request_line = 4094
limit_request_fields = 60

# Paths and addresses tell who read what; the trail keeps that, the log does not.
accesslog = None
errorlog = "-"
loglevel = "info"
