using SyncHealth.Host.Data;
using Xunit;

namespace SyncHealth.Host.Tests.Data;

public sealed class DataFolderTests : IDisposable
{
    private readonly string _path = Path.Combine(Path.GetTempPath(), Guid.NewGuid().ToString("N"));

    [Fact]
    public void Open_OfAFolderInUse_IsRefusedWithTheRemedy()
    {
        using var first = DataFolder.Open(_path);
        var failure = Assert.Throws<StartupException>(() => DataFolder.Open(_path));
        Assert.Equal(ExitCodes.Busy, failure.ExitCode);
        Assert.Contains("--data", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Open_AfterTheFirstHasClosed_Works()
    {
        DataFolder.Open(_path).Dispose();
        using var second = DataFolder.Open(_path);
        Assert.Equal(_path, second.Root);
    }

    [Fact]
    public void Open_WhereNoFolderCanBe_IsRefusedWithTheRemedy()
    {
        File.WriteAllText(_path, "a file, not a folder");
        var failure = Assert.Throws<StartupException>(() => DataFolder.Open(Path.Combine(_path, "below")));
        Assert.Equal(ExitCodes.CannotCreate, failure.ExitCode);
        Assert.Contains("--data", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void SetAside_MovesAllDataButKeepsSettingsLockAndWhatWasSetAsideBefore()
    {
        using var folder = DataFolder.Open(_path);
        File.WriteAllText(folder.SettingsFile, "{}");
        File.WriteAllText(folder.ClockFile, "first");
        var before = folder.SetAside(DateTimeOffset.UnixEpoch);
        File.WriteAllText(folder.ClockFile, "second");
        var after = folder.SetAside(DateTimeOffset.UnixEpoch.AddSeconds(1));

        Assert.Equal("first", File.ReadAllText(Path.Combine(before, "clock")));
        Assert.Equal("second", File.ReadAllText(Path.Combine(after, "clock")));
        Assert.Equal(["lock", "set-aside-19700101-000000", "set-aside-19700101-000001", "synchealth.json"], Directory.EnumerateFileSystemEntries(_path).Select(Path.GetFileName).Order());
    }

    [Fact]
    public void SecretFile_IsReadableByItsOwnerOnly()
    {
        using var folder = DataFolder.Open(_path);
        var path = Path.Combine(folder.Secrets, "a");
        SecretFile.Write(path, "s");
        Assert.Equal("s", File.ReadAllText(path));
        if (!OperatingSystem.IsWindows())
            Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(path));
    }

    [Fact]
    public void AdminToken_IsMadeOnceAndKept()
    {
        using var folder = DataFolder.Open(_path);
        var token = AdminToken.Ensure(folder);
        Assert.Equal(64, token.Length);
        Assert.Equal(token, AdminToken.Ensure(folder));
    }

    public void Dispose()
    {
        if (Directory.Exists(_path))
            Directory.Delete(_path, recursive: true);
        else
            File.Delete(_path);
    }
}
