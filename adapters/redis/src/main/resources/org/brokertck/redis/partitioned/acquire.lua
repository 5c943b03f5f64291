#!lua flags=allow-oom
-- Gives partitions to the members that are to have them, those that nobody owns. The number after a member's name is never given
-- twice, so that nothing that is left from an earlier time as owner can pass for the present one. Repeating it is harmless.
-- KEYS: plan, owners, commits, attempts, leases. ARGV: partitions and members in turn. Answers for each that was given its number,
-- the owner as it is written down, the offset to go on with, and the failed attempts as offset:count, or nothing.
local answer = {}
local function acquire(partition, member)
  if redis.call('HGET', KEYS[1], partition) ~= member or not redis.call('ZSCORE', KEYS[5], member) then
    return
  end
  local owner = redis.call('HGET', KEYS[2], partition)
  if not owner then
    owner = member .. '@' .. redis.call('HINCRBY', KEYS[2], '#', 1)
    redis.call('HSET', KEYS[2], partition, owner)
  elseif string.match(owner, '^(.*)@%d+$') ~= member then
    return
  end
  local offset = redis.call('HGET', KEYS[3], partition) or '0'
  answer[#answer + 1] = {partition, owner, offset, redis.call('HGET', KEYS[4], partition) or ''}
end
for i = 1, #ARGV, 2 do
  acquire(ARGV[i], ARGV[i + 1])
end
return answer
