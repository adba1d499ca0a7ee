[assembly: AssemblyFixture(typeof(SyncHealth.Browser.Tests.Hosting.Platform))]
