#!lua flags=allow-oom
-- A responder leaves. What it had in hand goes back to the head of the line, but for what it still answers; when it was the last one,
-- those in line are told. KEYS: responders, line, hand. ARGV: prefix, responder, the name of the request that it still answers or nothing,
-- how long replies are kept in milliseconds.
local prefix, kept = ARGV[1], ARGV[3]
redis.call('ZREM', KEYS[1], ARGV[2])
local hand = redis.call('LRANGE', KEYS[3], 0, -1)
redis.call('DEL', KEYS[3])
for i = #hand, 1, -1 do
  local left = redis.call('PTTL', prefix .. 'request:' .. hand[i])
  if hand[i] == kept then
    redis.call('RPUSH', KEYS[3], kept)
    redis.call('PEXPIRE', KEYS[3], ARGV[4])
  elseif left > 0 then
    redis.call('LPUSH', KEYS[2], hand[i])
    if redis.call('PTTL', KEYS[2]) < left then
      redis.call('PEXPIRE', KEYS[2], left)
    end
  end
end
local time = redis.call('TIME')
local now = time[1] * 1000 + math.floor(time[2] / 1000)
if redis.call('ZCOUNT', KEYS[1], string.format('(%.0f', now), '+inf') > 0 then
  return 1
end
for _, name in ipairs(redis.call('LRANGE', KEYS[2], 0, -1)) do
  if redis.call('DEL', prefix .. 'request:' .. name) == 1 then
    local instance, number = string.match(name, '^(.*):(%d+)$')
    redis.call('RPUSH', prefix .. 'replies:' .. instance, 'N' .. number .. ';')
    redis.call('PEXPIRE', prefix .. 'replies:' .. instance, ARGV[4])
  end
end
redis.call('DEL', KEYS[2])
return 1
