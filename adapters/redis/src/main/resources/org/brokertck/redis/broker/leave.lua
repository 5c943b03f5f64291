#!lua flags=allow-oom
-- A subscriber leaves, and what waits for it goes with it. KEYS: subscribers, inbox. ARGV: subscriber.
redis.call('ZREM', KEYS[1], ARGV[1])
return redis.call('UNLINK', KEYS[2])
