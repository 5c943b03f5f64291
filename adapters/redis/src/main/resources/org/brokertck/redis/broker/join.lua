#!lua flags=allow-oom
-- Lets a subscriber in, unless the call came over a connection that its sender has given up, and with it the subscription.
-- KEYS: subscribers, epoch. ARGV: subscriber, lease in milliseconds, epoch of the connection, how long keys are kept of which nobody speaks
-- in milliseconds. Answers 1, or -2 when it came too late.
local epoch = redis.call('GET', KEYS[2])
if epoch and tonumber(epoch) > tonumber(ARGV[3]) then
  return -2
end
local time = redis.call('TIME')
local now = time[1] * 1000 + math.floor(time[2] / 1000)
redis.call('ZADD', KEYS[1], string.format('%.0f', now + ARGV[2]), ARGV[1])
redis.call('PEXPIRE', KEYS[1], ARGV[4])
return 1
