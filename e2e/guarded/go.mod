module github.com/sallyport-auth/sallyport/e2e/guarded

go 1.25.0

require github.com/sallyport-auth/sallyport/guard v0.0.0

replace github.com/sallyport-auth/sallyport/guard => ../../guard
