#!lua
-- Appends a batch. Numbering, counting what the slowest group has yet to handle, and appending are one step, so that several
-- instances together neither overfill a partition nor give an offset twice. The lane remembers its last batch and the answer:
-- a batch that is sent again after a lost reply appends nothing twice, and hears where its records are.
-- KEYS: lane; all other keys are built from the prefix, which keeps them on one node.
-- ARGV: prefix, channel of news, number of the batch, capacity, milliseconds that the lane is kept, how many partitions are
-- concerned, topic and partition of each of them, then for each record the number of its partition in that list, and its bytes.
-- Answers the offsets, joined by commas, with F for a record that found no room; then for each partition how much room is left.
local prefix, number, capacity = ARGV[1], ARGV[3], tonumber(ARGV[4])
local done = redis.call('GET', KEYS[1])
if done then
  local last, answer = string.match(done, '^(%d+):(.*)$')
  if tonumber(last) >= tonumber(number) then
    -- An older one comes late, over a connection that was given up: whatever the answer, nobody hears it.
    return {answer}
  end
end
local time = redis.call('TIME')
local now = string.format('%.0f', time[1] * 1000 + math.floor(time[2] / 1000))
local count = tonumber(ARGV[6])
local parts = {}
for i = 1, count do
  local topic, partition = ARGV[5 + 2 * i], ARGV[6 + 2 * i]
  local part = {
    topic = topic,
    partition = partition,
    stream = prefix .. 'log:' .. topic .. ':' .. partition,
    next = tonumber(redis.call('HGET', prefix .. 'next:' .. topic, partition) or '0'),
  }
  for _, group in ipairs(redis.call('SMEMBERS', prefix .. 'groups:' .. topic)) do
    local commit = tonumber(redis.call('HGET', prefix .. 'commits:' .. topic .. ':' .. group, partition) or part.next)
    if not part.slowest or commit < part.slowest then
      part.slowest = commit
    end
  end
  part.first = part.next
  parts[i] = part
end
local offsets = {}
for i = 7 + 2 * count, #ARGV, 2 do
  local part = parts[tonumber(ARGV[i])]
  if part.slowest and part.next - part.slowest >= capacity then
    part.full = true
    offsets[#offsets + 1] = 'F'
  else
    part.next = part.next + 1
    -- An entry cannot have the id 0-0, so that of offset 0 is 0-1.
    redis.call('XADD', part.stream, '0-' .. string.format('%.0f', part.next), 't', now, 'r', ARGV[i + 1])
    offsets[#offsets + 1] = string.format('%.0f', part.next - 1)
  end
end
local answer = {table.concat(offsets, ',')}
local news = {}
for i, part in ipairs(parts) do
  if part.next > part.first then
    redis.call('HSET', prefix .. 'next:' .. part.topic, part.partition, string.format('%.0f', part.next))
    local oldest = part.next - capacity
    if part.slowest and part.slowest < oldest then
      -- Appended by an instance that grants more room.
      oldest = part.slowest
    end
    if oldest > 0 then
      redis.call('XTRIM', part.stream, 'MINID', '0-' .. string.format('%.0f', oldest + 1))
    end
    news[#news + 1] = part.topic .. ' ' .. part.partition
  end
  if part.full then
    redis.call('SADD', prefix .. 'full:' .. part.topic, part.partition)
  end
  answer[i + 1] = part.slowest and capacity - (part.next - part.slowest) or capacity
end
redis.call('SET', KEYS[1], number .. ':' .. answer[1], 'PX', ARGV[5])
if #news > 0 then
  redis.call('PUBLISH', ARGV[2], 'r ' .. table.concat(news, ' '))
end
return answer
