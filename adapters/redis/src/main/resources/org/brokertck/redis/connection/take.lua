#!lua flags=allow-oom
-- Removes what the reader is done with and reads on, in one round trip. How much is read is bounded here, since only here the sizes are
-- known. KEYS: the list. ARGV: how many are done, most entries, most bytes. Answers the next entries, which stay.
local done = tonumber(ARGV[1])
if done > 0 then
  redis.call('LTRIM', KEYS[1], done, -1)
end
local taken, bytes = {}, 0
for i = 0, tonumber(ARGV[2]) - 1 do
  local entry = redis.call('LINDEX', KEYS[1], i)
  if not entry then
    break
  end
  taken[#taken + 1] = entry
  bytes = bytes + #entry
  if bytes >= tonumber(ARGV[3]) then
    break
  end
end
return taken
