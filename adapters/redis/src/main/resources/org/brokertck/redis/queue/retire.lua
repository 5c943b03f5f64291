#!lua flags=allow-oom
-- Ends a consumer of the group. Deleting it would drop its pending entries from the group, and nobody would ever see
-- them again: they are first let go, for others to take before everything new.
-- KEYS: stream, instances. ARGV: group, consumer, released, and an instance when it must still be without a lease.
-- Answers how many entries were let go, -1 when the instance lives after all.
local stream, group, consumer = KEYS[1], ARGV[1], ARGV[2]
if ARGV[4] ~= '' then
  local time = redis.call('TIME')
  local lease = redis.call('ZSCORE', KEYS[2], ARGV[4])
  if lease and tonumber(lease) >= time[1] * 1000000 + time[2] then
    return -1
  end
end
local count = 0
local pending = redis.call('XPENDING', stream, group, '-', '+', 100, consumer)
while #pending > 0 do
  for _, entry in ipairs(pending) do
    redis.call('XCLAIM', stream, group, ARGV[3], 0, entry[1], 'JUSTID')
    count = count + 1
  end
  pending = redis.call('XPENDING', stream, group, '-', '+', 100, consumer)
end
redis.call('XGROUP', 'DELCONSUMER', stream, group, consumer)
return count
