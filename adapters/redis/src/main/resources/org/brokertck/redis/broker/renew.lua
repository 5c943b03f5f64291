#!lua flags=allow-oom
-- Renews the lease of a subscriber that is still known, and lets the server's pulse be felt.
-- KEYS: subscribers, pulse, grace, inbox. ARGV: subscriber, lease in milliseconds, how long keys are kept of which nobody speaks in
-- milliseconds. Answers 1, or 0 when it is known no more.
local time = redis.call('TIME')
local now = time[1] * 1000 + math.floor(time[2] / 1000)
local pulse = tonumber(redis.call('GET', KEYS[2]) or '0')
if now - pulse > ARGV[2] / 4 then
  redis.call('SET', KEYS[3], 1, 'PX', ARGV[2])
end
redis.call('SET', KEYS[2], string.format('%.0f', now), 'PX', ARGV[3])
if not redis.call('ZSCORE', KEYS[1], ARGV[1]) then
  return 0
end
redis.call('ZADD', KEYS[1], string.format('%.0f', now + ARGV[2]), ARGV[1])
redis.call('PEXPIRE', KEYS[1], ARGV[3])
redis.call('PEXPIRE', KEYS[4], ARGV[3])
return 1
