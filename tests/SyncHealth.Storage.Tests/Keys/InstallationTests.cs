using SyncHealth.Storage.Keys;
using SyncHealth.Testing;
using Xunit;

namespace SyncHealth.Storage.Tests.Keys;

public sealed class InstallationTests
{
    private static readonly DeviceKeyHasher First = new([.. Enumerable.Repeat((byte)1, 32)]);
    private static readonly DeviceKeyHasher Second = new([.. Enumerable.Repeat((byte)2, 32)]);

    [Fact]
    public async Task Verify_NewDatabase_IsClaimedAndStaysClaimed()
    {
        await using var database = await TestDatabase.CreateAsync();
        await new Installation(database.DataSource, First).VerifyAsync(CancellationToken.None);
        await new Installation(database.DataSource, First).VerifyAsync(CancellationToken.None);
        var refusal = await Assert.ThrowsAsync<DeviceSecretMismatchException>(
            () => new Installation(database.DataSource, Second).VerifyAsync(CancellationToken.None));
        Assert.Contains(First.Fingerprint, refusal.Message, StringComparison.Ordinal);
        Assert.Contains("Storage:DeviceKeyFile", refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Verify_TwoSecretsAtOnce_OneWins()
    {
        await using var database = await TestDatabase.CreateAsync();
        var outcomes = await Task.WhenAll(new[] { First, Second, First, Second }.Select(async hasher =>
        {
            try
            {
                await new Installation(database.DataSource, hasher).VerifyAsync(CancellationToken.None);
                return hasher.Fingerprint;
            }
            catch (DeviceSecretMismatchException refusal)
            {
                return refusal.Message[..0];
            }
        }));
        Assert.Single(outcomes.Where(outcome => outcome.Length > 0).Distinct());
    }
}
