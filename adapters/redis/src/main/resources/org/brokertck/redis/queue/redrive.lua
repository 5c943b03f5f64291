#!lua flags=allow-oom
-- Moves the oldest dead letters back to the end of the queue with no failed attempt counted against them. Each moves in
-- one step; a bounded number of entries and bytes per call, and none that was parked after the caller began.
-- KEYS: stream, dead. ARGV: last id, most entries, most bytes. Answers how many moved.
local entries, bytes = 0, 0
while entries < tonumber(ARGV[2]) and bytes < tonumber(ARGV[3]) do
  local letter = redis.call('XRANGE', KEYS[2], '-', ARGV[1], 'COUNT', 1)[1]
  if not letter then
    break
  end
  local fields = {}
  for i = 1, #letter[2], 2 do
    local name, value = letter[2][i], letter[2][i + 1]
    if name == 'retries' then
      value = '0'
    end
    if name ~= 'failure-type' and name ~= 'failure-text' then
      fields[#fields + 1] = name
      fields[#fields + 1] = value
      bytes = bytes + #value
    end
  end
  redis.call('XADD', KEYS[1], '*', unpack(fields))
  redis.call('XDEL', KEYS[2], letter[1])
  entries = entries + 1
end
return entries
