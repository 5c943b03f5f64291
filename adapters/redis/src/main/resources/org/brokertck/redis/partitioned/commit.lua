#!lua flags=allow-oom
-- Notes how far the handlers have come. Only the owner of a partition may, and it never goes back. Tells producers that wait.
-- KEYS: topics, for the node; all other keys are built from the prefix. ARGV: prefix, channel of news, then in turn topic, group,
-- partition, owner, offset to go on with, and failed attempts at that one. Answers for each 1, or 0 when it is not the owner.
local prefix = ARGV[1]
local answer = {}
local room = {}
for i = 3, #ARGV, 6 do
  local topic, partition = ARGV[i], ARGV[i + 2]
  local name = topic .. ':' .. ARGV[i + 1]
  if redis.call('HGET', prefix .. 'owners:' .. name, partition) ~= ARGV[i + 3] then
    answer[#answer + 1] = 0
  else
    local commits = prefix .. 'commits:' .. name
    local before = tonumber(redis.call('HGET', commits, partition) or '0')
    if tonumber(ARGV[i + 4]) > before then
      redis.call('HSET', commits, partition, ARGV[i + 4])
      if redis.call('SREM', prefix .. 'full:' .. topic, partition) == 1 then
        room[#room + 1] = topic .. ' ' .. partition
      end
    end
    if ARGV[i + 5] ~= '0' then
      redis.call('HSET', prefix .. 'attempts:' .. name, partition, ARGV[i + 4] .. ':' .. ARGV[i + 5])
    end
    answer[#answer + 1] = 1
  end
end
if #room > 0 then
  redis.call('PUBLISH', ARGV[2], 'f ' .. table.concat(room, ' '))
end
return answer
