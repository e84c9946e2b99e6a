gatesim_test(picture_test
  picture/canvas_test.cpp picture/change_time_test.cpp picture/charts_test.cpp picture/ticks_test.cpp PARTS picture)

# What an XML parser says of every kind of chart, with ordinary data and with the worst there is.
add_executable(picture_gallery picture/gallery.cpp)
target_include_directories(picture_gallery PRIVATE ${CMAKE_SOURCE_DIR}/tests)
target_link_libraries(picture_gallery PRIVATE gatesim_picture)
add_test(NAME picture.well_formed
         COMMAND python3 ${CMAKE_CURRENT_LIST_DIR}/picture/well_formed.py $<TARGET_FILE:picture_gallery>)
