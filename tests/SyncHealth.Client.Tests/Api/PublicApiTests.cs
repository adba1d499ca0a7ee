using System.Reflection;
using SyncHealth.Client.Hosting;
using SyncHealth.Contracts;

namespace SyncHealth.Client.Tests.Api;

/// <summary>Apps compile against this surface: a change of it must be meant, and stand in the same commit.</summary>
public sealed class PublicApiTests
{
    private static readonly string Checkout = Environment.GetEnvironmentVariable("SYNCHEALTH_TEST_CHECKOUT") is { Length: > 0 } set
        ? set
        : throw new InvalidOperationException("SYNCHEALTH_TEST_CHECKOUT is not set; ./synchealth test sets it.");

    public static TheoryData<string, Assembly> Assemblies => new()
    {
        { "SyncHealth.Contracts", typeof(SyncType).Assembly },
        { "SyncHealth.Client", typeof(SyncTelemetry).Assembly },
        { "SyncHealth.Client.Hosting", typeof(SyncHealthServiceCollectionExtensions).Assembly },
    };

    [Theory]
    [MemberData(nameof(Assemblies), DisableDiscoveryEnumeration = true)]
    public void PublicApi_IsAsApproved(string project, Assembly assembly)
    {
        var approved = Path.Combine(Checkout, "client-sdk", project, "PublicApi.txt");
        var actual = ApiText.Of(assembly);
        var received = Path.Combine(Checkout, "artifacts", project + ".PublicApi.txt");
        File.WriteAllText(received, actual);

        Assert.True(
            File.Exists(approved) && File.ReadAllText(approved) == actual,
            $"The public surface of {project} is another one. If that is meant, copy artifacts/{Path.GetFileName(received)} over client-sdk/{project}/PublicApi.txt.");
    }
}
