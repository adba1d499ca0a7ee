using SyncHealth.Host.Clock;
using Xunit;

namespace SyncHealth.Host.Tests.Clock;

public sealed class ClockFileTests : IDisposable
{
    private readonly string _path = Path.Combine(Path.GetTempPath(), Guid.NewGuid().ToString("N"));

    [Fact]
    public void Read_WithoutAFile_IsNull() => Assert.Null(new ClockFile(_path).Read());

    [Fact]
    public void Read_AfterWrite_IsTheSameMoment()
    {
        var at = new DateTimeOffset(2026, 11, 22, 8, 0, 0, 123, TimeSpan.Zero);
        new ClockFile(_path).Write(at);
        Assert.Equal(at, new ClockFile(_path).Read());
    }

    [Fact]
    public void Read_OfADamagedFile_IsNull()
    {
        File.WriteAllText(_path, "2026-11-");
        Assert.Null(new ClockFile(_path).Read());
    }

    public void Dispose() => File.Delete(_path);
}
