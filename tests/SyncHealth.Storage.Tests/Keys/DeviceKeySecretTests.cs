using SyncHealth.Storage.Keys;
using Xunit;

namespace SyncHealth.Storage.Tests.Keys;

public sealed class DeviceKeySecretTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("synchealth-secret").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void ReadOrCreate_Absent_CreatesOneThatOnlyItsOwnerReads()
    {
        var path = Path.Combine(_folder, "secrets", "device.key");

        var created = DeviceKeySecret.ReadOrCreate(path);

        Assert.Equal(32, created.Length);
        Assert.Equal(created, DeviceKeySecret.ReadOrCreate(path));
        Assert.Single(Directory.GetFiles(Path.GetDirectoryName(path)!));
        if (!OperatingSystem.IsWindows())
            Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(path));
    }

    [Fact]
    public void ReadOrCreate_ManyAtOnce_AllReadTheSame()
    {
        for (var round = 0; round < 50; round++)
        {
            var path = Path.Combine(_folder, $"{round}", "device.key");
            var secrets = new string[16];
            Parallel.For(0, secrets.Length, i => secrets[i] = Convert.ToHexString(DeviceKeySecret.ReadOrCreate(path)));
            Assert.Single(secrets.Distinct());
            Assert.Single(Directory.GetFiles(Path.GetDirectoryName(path)!));
        }
    }

    [Fact]
    public void ReadOrCreate_DraftOfAKilledProcess_IsReplaced()
    {
        var path = Path.Combine(_folder, "device.key");
        Directory.CreateDirectory(_folder);
        File.WriteAllText(path + ".new", "00ff");

        Assert.Equal(32, DeviceKeySecret.ReadOrCreate(path).Length);
        Assert.Single(Directory.GetFiles(_folder));
    }

    [Theory]
    [InlineData("")]
    [InlineData("00ff")]
    [InlineData("not hexadecimal, though it is long enough to be a secret")]
    public void ReadOrCreate_Damaged_RefusesAndKeepsTheFile(string content)
    {
        var path = Path.Combine(_folder, "device.key");
        File.WriteAllText(path, content);
        Assert.Contains(path, Assert.Throws<InvalidDataException>(() => DeviceKeySecret.ReadOrCreate(path)).Message, StringComparison.Ordinal);
        Assert.Equal(content, File.ReadAllText(path));
    }
}
