module orders

go 1.25.0

require github.com/sallyport-auth/sallyport/guard v0.1.0
