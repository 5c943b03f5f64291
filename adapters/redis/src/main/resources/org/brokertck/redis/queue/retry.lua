#!lua flags=allow-oom
-- A failed entry waits in the stream, where it keeps counting against the capacity, in the hands of nobody who reads; the
-- sorted set knows when it is due by the server's clock. Without a delay it goes to the end of the stream at once. Only
-- its holder may do so: after a lost reply, or after another took the entry over, nothing happens.
-- KEYS: stream, delayed. ARGV: group, consumer, id, name of the waiting, delay in microseconds. Answers 1 when done.
local stream, group, id = KEYS[1], ARGV[1], ARGV[3]
if #redis.call('XPENDING', stream, group, id, id, 1, ARGV[2]) == 0 then
  return 0
end
if tonumber(ARGV[5]) > 0 then
  local time = redis.call('TIME')
  redis.call('XCLAIM', stream, group, ARGV[4], 0, id, 'JUSTID')
  redis.call('ZADD', KEYS[2], string.format('%.0f', time[1] * 1000000 + time[2] + ARGV[5]), id)
  return 1
end
local entry = redis.call('XRANGE', stream, id, id)[1]
if entry then
  local fields = entry[2]
  for i = 1, #fields, 2 do
    if fields[i] == 'retries' then
      fields[i + 1] = string.format('%.0f', fields[i + 1] + 1)
    end
  end
  redis.call('XADD', stream, '*', unpack(fields))
end
redis.call('XACK', stream, group, id)
redis.call('XDEL', stream, id)
return 1
