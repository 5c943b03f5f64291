#!lua
-- Puts a request in line, unless nobody responds to the topic: the look and the entry are one step, or the last responder could leave
-- between them. The request itself ends with its time, by the server's clock; the line holds names alone, and lives as long as the longest.
-- KEYS: responders, line, request. ARGV: its name, its bytes, its time in milliseconds. Answers 1 taken in, 0 nobody responds.
local time = redis.call('TIME')
local now = time[1] * 1000 + math.floor(time[2] / 1000)
if redis.call('ZCOUNT', KEYS[1], string.format('(%.0f', now), '+inf') == 0 then
  return 0
end
redis.call('SET', KEYS[3], ARGV[2], 'PX', ARGV[3])
redis.call('RPUSH', KEYS[2], ARGV[1])
if redis.call('PTTL', KEYS[2]) < tonumber(ARGV[3]) then
  redis.call('PEXPIRE', KEYS[2], ARGV[3])
end
return 1
