using SyncHealth.Host.Suite;
using Xunit;

namespace SyncHealth.Host.Tests.Suite;

public sealed class SuiteCountsTests : IDisposable
{
    private readonly string _path = Path.Combine(Path.GetTempPath(), Guid.NewGuid().ToString("N") + ".trx");

    [Fact]
    public void Read_OfAReport_CountsOutcomes()
    {
        File.WriteAllText(_path, """
            <TestRun xmlns="http://microsoft.com/schemas/VisualStudio/TeamTest/2010"><Results>
              <UnitTestResult outcome="Passed" /><UnitTestResult outcome="Passed" /><UnitTestResult outcome="Failed" /><UnitTestResult outcome="NotExecuted" />
            </Results></TestRun>
            """);
        Assert.Equal(new SuiteCounts(2, 1, 1), SuiteCounts.Read(_path, 1));
    }

    [Fact]
    public void Read_WithoutAReport_IsAFailure() => Assert.Equal(new SuiteCounts(0, 1, 0), SuiteCounts.Read(_path, 0));

    [Fact]
    public void Read_OfARunThatEndedBadlyWithoutAFailedTest_IsAFailure()
    {
        File.WriteAllText(_path, """<TestRun><Results><UnitTestResult outcome="Passed" /></Results></TestRun>""");
        Assert.Equal(new SuiteCounts(1, 1, 0), SuiteCounts.Read(_path, 134));
    }

    [Fact]
    public void ToString_IsTheClosingLine() => Assert.Equal("1203 passed, 2 failed, 0 skipped", new SuiteCounts(1203, 2, 0).ToString());

    public void Dispose() => File.Delete(_path);
}
