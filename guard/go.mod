module github.com/sallyport-auth/sallyport/guard

go 1.25.0
