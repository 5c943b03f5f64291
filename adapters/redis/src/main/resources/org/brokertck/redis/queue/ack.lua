#!lua flags=allow-oom
-- A handled entry leaves the group and the stream together, so that the length of the stream always counts the
-- unsettled. Whoever holds the entry now: a message handled successfully must not be attempted again.
-- KEYS: stream. ARGV: group, id. Answers how many entries went.
redis.call('XACK', KEYS[1], ARGV[1], ARGV[2])
return redis.call('XDEL', KEYS[1], ARGV[2])
