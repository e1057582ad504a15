// parent: 20261123030002

package db.concurrent;

import dev.tandem.database.migration.RowMigration;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;

/** For the start of the service in a test; it is found only where the folder is among Flyway's locations. */
public class V20261123030003__mark_changes extends RowMigration {

    @Override
    protected List<String> key() {
        return List.of("name");
    }

    @Override
    protected String rows() {
        return "SELECT name FROM collection";
    }

    @Override
    protected String statement() {
        return "UPDATE collection SET name = ? WHERE name = ?";
    }

    @Override
    protected void change(ResultSet row, PreparedStatement statement) throws SQLException {
        statement.setString(1, row.getString("name"));
        statement.setString(2, row.getString("name"));
    }
}
