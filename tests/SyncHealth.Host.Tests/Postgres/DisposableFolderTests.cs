using System.Diagnostics;
using System.Globalization;
using SyncHealth.Host.Postgres;
using Xunit;

namespace SyncHealth.Host.Tests.Postgres;

public sealed class DisposableFolderTests
{
    /// <summary>A purpose that no other run has.</summary>
    private readonly string _purpose = $"folder{Guid.NewGuid():N}";

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Dispose_WhatLiesInIt_IsGoneWithIt(bool isInMemory)
    {
        string path;
        using (var folder = Create(isInMemory))
        {
            path = folder.Path;
            File.WriteAllText(Path.Combine(folder.Secrets, "postgres.password"), "secret");
        }

        Assert.False(Directory.Exists(path));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Create_WhatKilledRunsLeft_IsRemovedAndWhatLivesStays(bool isInMemory)
    {
        var living = Create(isInMemory);
        using var process = Process.Start(new ProcessStartInfo("dotnet", "--version") { RedirectStandardOutput = true })!;
        await process.WaitForExitAsync(TestContext.Current.CancellationToken);
        var left = living.Path[..(living.Path.LastIndexOf('-') + 1)] + process.Id.ToString(CultureInfo.InvariantCulture);
        Directory.CreateDirectory(left);

        // The same one, as this process goes on.
        using var again = Create(isInMemory);

        Assert.Equal(!OperatingSystem.IsLinux(), Directory.Exists(left));
        Assert.True(Directory.Exists(living.Path));
        if (Directory.Exists(left))
            Directory.Delete(left);
    }

    [Fact]
    public void Create_FolderThatIsNotNamedAfterAProcess_Stays()
    {
        var notes = Directory.CreateDirectory(Path.Combine(OperatingSystem.IsWindows() ? Path.GetTempPath() : "/var/tmp", $"synchealth-{_purpose}-notes"));

        Create(isInMemory: false).Dispose();

        notes.Refresh();
        Assert.True(notes.Exists);
        notes.Delete();
    }

    private DisposableFolder Create(bool isInMemory) => isInMemory ? DisposableFolder.CreateInMemory(_purpose) : DisposableFolder.Create(_purpose);
}
