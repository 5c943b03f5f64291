#!lua flags=allow-oom
-- Renews the lease of a responder, and lets others go whose lease has run out: what they had in hand goes back to the head of the line.
-- KEYS: responders, line, hand. ARGV: prefix, responder, lease in milliseconds, how long replies are kept in milliseconds.
local time = redis.call('TIME')
local now = time[1] * 1000 + math.floor(time[2] / 1000)
redis.call('ZADD', KEYS[1], string.format('%.0f', now + ARGV[3]), ARGV[2])
redis.call('PEXPIRE', KEYS[1], string.format('%.0f', 10 * ARGV[3]))
redis.call('PEXPIRE', KEYS[3], ARGV[4])
for _, gone in ipairs(redis.call('ZRANGEBYSCORE', KEYS[1], '-inf', string.format('%.0f', now))) do
  redis.call('ZREM', KEYS[1], gone)
  local hand = redis.call('LRANGE', ARGV[1] .. 'hand:' .. gone, 0, -1)
  redis.call('DEL', ARGV[1] .. 'hand:' .. gone)
  for i = #hand, 1, -1 do
    local left = redis.call('PTTL', ARGV[1] .. 'request:' .. hand[i])
    if left > 0 then
      redis.call('LPUSH', KEYS[2], hand[i])
      if redis.call('PTTL', KEYS[2]) < left then
        redis.call('PEXPIRE', KEYS[2], left)
      end
    end
  end
end
return 1
