-- Asks Sallyport about a request, and lets it through with who the visitor is, or answers
-- as Sallyport does. Whatever else happens, nobody is let through.
local http = require "socket.http"
http.TIMEOUT = 5

local server = "http://127.0.0.1:8080"
local told = { "X-Sallyport-User", "X-Sallyport-Email", "X-Sallyport-Roles", "X-Sallyport-Session" }

local function ask(r, path)
	local headers = {
		["connection"] = "close",
		["x-forwarded-for"] = r.useragent_ip,
		["x-forwarded-method"] = r.method,
		["x-forwarded-proto"] = r.is_https and "https" or "http",
		["x-forwarded-host"] = r.headers_in["Host"],
		["x-forwarded-uri"] = r.unparsed_uri,
		["authorization"] = r.headers_in["Authorization"],
		["cookie"] = r.headers_in["Cookie"],
		["user-agent"] = r.headers_in["User-Agent"],
	}
	local _, status, answer = http.request({ url = server .. path, headers = headers, redirect = false })

	-- What the visitor sent under these names goes, also with underscores, which many
	-- frameworks take for hyphens.
	for name in pairs(r:headers_in_table()) do
		if name:lower():match("^x[-_]sallyport[-_]") then
			r.headers_in[name] = nil
		end
	end
	if status == 204 then
		for _, name in ipairs(told) do
			r.headers_in[name] = answer[name:lower()] or ""
		end
		return apache2.OK
	end
	if status == 302 then
		r.err_headers_out["Location"] = answer["location"]
	end
	if status == 302 or status == 401 or status == 403 then
		return status
	end
	r:err("Sallyport: " .. tostring(status))
	return 503
end

-- r.uri is the path as Apache understood it: without escapes, dots and double slashes.
function visitor(r)
	if r.uri:match("^/app/admin/") then -- only for users with the role admin
		return ask(r, "/verify/page/role/admin")
	end
	return ask(r, "/verify/page")
end
