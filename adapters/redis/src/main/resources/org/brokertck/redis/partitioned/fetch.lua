#!lua flags=no-writes,allow-oom
-- Reads from several partitions, no more than so many bytes in all; but at least one record, if there is one. How many are read at
-- once follows from the size of those read before, since the server cannot be asked for bytes.
-- KEYS: streams. ARGV: most bytes, then for each stream the offset to start with and how many records at most.
-- Answers the entries of each stream, or 0 for one that was not looked at for lack of bytes.
local left = tonumber(ARGV[1])
local answer = {}
local largest = left
for i, stream in ipairs(KEYS) do
  local from, most = tonumber(ARGV[2 * i]), tonumber(ARGV[2 * i + 1])
  local entries = {}
  while #entries < most and left > 0 do
    local chunk = math.min(most - #entries, 200, math.max(1, math.floor(left / largest)))
    local read = redis.call('XRANGE', stream, '0-' .. string.format('%.0f', from + 1), '+', 'COUNT', chunk)
    largest = 64
    for _, entry in ipairs(read) do
      entries[#entries + 1] = entry
      local size = 64
      for _, field in ipairs(entry[2]) do
        size = size + #field
      end
      left = left - size
      largest = math.max(largest, size)
    end
    if #read < chunk then
      break
    end
    from = tonumber(string.match(read[#read][1], '-(%d+)$'))
  end
  answer[i] = entries
  if #entries == 0 and left <= 0 then
    answer[i] = 0
  end
end
return answer
