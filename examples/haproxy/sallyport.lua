-- Asks Sallyport about a request, at the path that the configuration names, and lets it
-- through with who the visitor is, or answers as Sallyport does. Whatever else happens,
-- nobody is let through.
local server = "http://127.0.0.1:8080"
local told = { "x-sallyport-user", "x-sallyport-email", "x-sallyport-roles", "x-sallyport-session" }

local function first(headers, name)
	local values = headers[name]
	return values and values[0]
end

local function answer(txn, status, location)
	local reply = txn:reply({ status = status })
	reply:add_header("cache-control", "no-store")
	if location then
		reply:add_header("location", location)
	end
	txn:done(reply)
end

core.register_action("sallyport", { "http-req" }, function(txn, path)
	local request = txn.http:req_get_headers()
	local headers = {
		["x-forwarded-for"] = { txn.f:src() },
		["x-forwarded-method"] = { txn.f:method() },
		["x-forwarded-proto"] = { first(request, "x-forwarded-proto") },
		["x-forwarded-host"] = { first(request, "host") },
		["x-forwarded-uri"] = { txn.f:pathq() },
	}
	for _, name in ipairs({ "authorization", "cookie", "user-agent" }) do
		if request[name] then
			headers[name] = {}
			for n = 0, #request[name] do
				table.insert(headers[name], request[name][n])
			end
		end
	end
	local asked = core.httpclient():get({ url = server .. path, headers = headers, timeout = 5000 })
	if not asked or asked.status ~= 204 then
		local status = asked and asked.status
		if status ~= 302 and status ~= 401 and status ~= 403 then
			status = 503
		end
		return answer(txn, status, status == 302 and first(asked.headers, "location") or nil)
	end
	for _, name in ipairs(told) do
		txn.http:req_set_header(name, first(asked.headers, name) or "")
	end
end, 1)
