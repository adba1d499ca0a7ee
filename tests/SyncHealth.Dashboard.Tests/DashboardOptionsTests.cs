using Microsoft.Extensions.DependencyInjection;

namespace SyncHealth.Dashboard.Tests;

public sealed class DashboardOptionsTests
{
    public static TheoryData<DashboardOptions, string> Bad => new()
    {
        { new DashboardOptions { Speed = 0 }, "SYNCHEALTH__Dashboard__Speed" },
        { new DashboardOptions { Speed = double.NaN }, "SYNCHEALTH__Dashboard__Speed" },
        { new DashboardOptions { PollInterval = TimeSpan.Zero }, "SYNCHEALTH__Dashboard__PollInterval" },
        { new DashboardOptions { ReceiversPath = "receivers" }, "SYNCHEALTH__Dashboard__ReceiversPath" },
    };

    [Theory]
    [MemberData(nameof(Bad))]
    public void Add_ValueOutOfRange_NamesTheKeyToSet(DashboardOptions options, string key) =>
        Assert.Contains(key, Assert.Throws<ArgumentException>(() => new ServiceCollection().AddSyncHealthDashboard(options)).Message, StringComparison.Ordinal);

    [Fact]
    public void Validate_Defaults_AreFine() => new DashboardOptions().Validate();
}
