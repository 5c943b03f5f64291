#!lua flags=allow-oom
-- The heartbeat of one instance's members of one group, and what it needs to know of the group.
-- KEYS: members, leases, plan, owners. ARGV: lease in microseconds, then members. Answers four lists: the members in the order in
-- which they joined; those who have no lease though they are members or own something; who is to have which partition, with the
-- number of the plan under '#'; who owns which partition.
local time = redis.call('TIME')
local now = time[1] * 1000000 + time[2]
for i = 2, #ARGV do
  redis.call('ZADD', KEYS[2], string.format('%.0f', now + ARGV[1]), ARGV[i])
end
local members = redis.call('ZRANGE', KEYS[1], 0, -1)
local owners = redis.call('HGETALL', KEYS[4])
local lapsed, seen = {}, {}
local function examine(member)
  if not seen[member] then
    seen[member] = true
    local lease = redis.call('ZSCORE', KEYS[2], member)
    if not lease or tonumber(lease) < now then
      lapsed[#lapsed + 1] = member
    end
  end
end
for _, member in ipairs(members) do
  examine(member)
end
for i = 1, #owners, 2 do
  if owners[i] ~= '#' then
    examine(string.match(owners[i + 1], '^(.*)@%d+$'))
  end
end
return {members, lapsed, redis.call('HGETALL', KEYS[3]), owners}
