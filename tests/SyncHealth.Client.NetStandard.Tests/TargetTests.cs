using System.Reflection;
using System.Runtime.Versioning;
using SyncHealth.Contracts;

namespace SyncHealth.Client.NetStandard.Tests;

/// <summary>Says that what the suite ran over is what it says.</summary>
public sealed class TargetTests
{
    [Theory]
    [InlineData(typeof(SyncTelemetry))]
    [InlineData(typeof(SyncType))]
    public void Assembly_UnderTest_IsTheOneForNetStandard(Type type) =>
        Assert.Equal(".NETStandard,Version=v2.0", type.Assembly.GetCustomAttribute<TargetFrameworkAttribute>()!.FrameworkName);
}
