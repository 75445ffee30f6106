using Workerd = import "/workerd/workerd.capnp";

# What `workerd test` runs: the tests of @sallyport/guard, as tools/sh/runtimes bundles them.
const config :Workerd.Config = (
  services = [(
    name = "tests",
    worker = (
      modules = [(name = "tests.js", esModule = embed "../build/workerd/tests.js")],
      compatibilityDate = "2026-11-01",
    ),
  )],
);
