#!lua flags=allow-oom
-- Moves what is due to the end of the stream, with one more retry, earliest first. A bounded number of entries and bytes
-- per call, so that the server serves others in between.
-- KEYS: stream, delayed. ARGV: group, name of the waiting, most entries, most bytes.
-- Answers the microseconds until the next is due, 0 when there is more to move now, -1 when none waits.
local stream, group = KEYS[1], ARGV[1]
local time = redis.call('TIME')
local now = time[1] * 1000000 + time[2]
local entries, bytes = 0, 0
while true do
  local head = redis.call('ZRANGE', KEYS[2], 0, 0, 'WITHSCORES')
  if #head == 0 then
    return -1
  end
  local id, due = head[1], tonumber(head[2])
  if due > now then
    return due - now
  end
  if entries >= tonumber(ARGV[3]) or bytes >= tonumber(ARGV[4]) then
    return 0
  end
  redis.call('ZREM', KEYS[2], id)
  -- Not waiting any more: settled by one who had been taken for dead, or the group was made anew.
  if #redis.call('XPENDING', stream, group, id, id, 1, ARGV[2]) > 0 then
    local entry = redis.call('XRANGE', stream, id, id)[1]
    if entry then
      local fields = entry[2]
      for i = 1, #fields, 2 do
        if fields[i] == 'retries' then
          fields[i + 1] = string.format('%.0f', fields[i + 1] + 1)
        end
        bytes = bytes + #fields[i] + #fields[i + 1]
      end
      redis.call('XADD', stream, '*', unpack(fields))
    end
    redis.call('XACK', stream, group, id)
    redis.call('XDEL', stream, id)
  end
  entries = entries + 1
end
