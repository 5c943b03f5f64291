#!lua flags=allow-oom
-- A closed instance leaves nothing of its own behind. A consumer of it that still appears, from a command that was on its
-- way, has no lease then and is found by the others.
-- KEYS: instances, lanes. ARGV: instance.
redis.call('ZREM', KEYS[1], ARGV[1])
redis.call('DEL', KEYS[2])
return 1
