#!lua flags=allow-oom
-- Lets a responder in, or in again. KEYS: responders. ARGV: responder, lease in milliseconds.
local time = redis.call('TIME')
local now = time[1] * 1000 + math.floor(time[2] / 1000)
redis.call('ZADD', KEYS[1], string.format('%.0f', now + ARGV[2]), ARGV[1])
redis.call('PEXPIRE', KEYS[1], string.format('%.0f', 10 * ARGV[2]))
return 1
