#!lua flags=allow-oom
-- Nothing is kept of a request that has ended. Its name is most often near the head of the line, or no longer there.
-- KEYS: request, line. ARGV: its name.
redis.call('DEL', KEYS[1])
return redis.call('LREM', KEYS[2], 1, ARGV[1])
